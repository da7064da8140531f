using System.Net;
using k8s;
using Tms.EventStore.Hosting;
using Tms.Silo.Cluster;

namespace Tms.Silo;

/// <summary>
/// Where a silo keeps what it needs and how it joins its cluster. Section <c>Tms:Cluster</c>; a wrong value stops the start.
/// </summary>
public sealed class SiloOptions
{
    /// <summary>Port for other silos where none is given.</summary>
    public const int UsualSiloPort = 11111;

    /// <summary>Port for clients where none is given.</summary>
    public const int UsualGatewayPort = 30000;

    /// <summary>
    /// PostgreSQL, from <c>ConnectionStrings:Tms</c>; null: SQLite in <see cref="DataPath"/>, and a cluster of this one process.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Folder of everything the embedded run keeps, from <c>Tms:DataPath</c>. Default <c>data</c>; a relative path is one of the working
    /// folder.
    /// </summary>
    public string DataPath { get; set; } = "data";

    /// <summary>
    /// What wraps every key in the store, from <c>Tms:MasterKey</c>: base64 of 32 bytes; null: the file <c>master.key</c> in
    /// <see cref="DataPath"/>.
    /// </summary>
    public string? MasterKey { get; private set; }

    /// <summary>Silos with the same id on one database are one cluster. Default <c>tms</c>.</summary>
    public string ClusterId { get; set; } = "tms";

    /// <summary>Names what outlives a cluster: reminders and grain storage. Default <c>tms</c>.</summary>
    public string ServiceId { get; set; } = "tms";

    /// <summary>Port for other silos; 0 takes a free one, null <see cref="UsualSiloPort"/> unless another process has it.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Port for clients; 0 takes a free one, null <see cref="UsualGatewayPort"/> unless another process has it.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>
    /// The IP address that other silos and clients use, and the only one listened on; null: this machine's own, listening on all. Embedded
    /// it is always the loopback.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Whether this silo follows the pods of its cluster, so that one that was deleted is declared dead at once. Default false.
    /// Needs a service account that may get, list, watch and patch pods, POD_NAME, POD_NAMESPACE and POD_IP, and PostgreSQL.</summary>
    public bool Kubernetes { get; set; }

    /// <summary>
    /// How long a silo may take to answer a probe. Default 1 s; 200 ms … 30 s. 2 s where machines are shared and pauses long.
    /// </summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a grain call may take. Default 10 s; 1 s … 5 min.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a start waits for a database that does not answer yet. Default 10 s; 0 … 10 min.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a process that is told to stop still serves while it says that it is not ready. Default 0; at most 10 s: a stop must end
    /// within 30.
    /// </summary>
    public TimeSpan DrainDelay { get; set; }

    /// <summary>
    /// Whether the Orleans dashboard gathers its figures, and Api shows them, from <c>Tms:Dashboard:Enabled</c>. Default false: it costs
    /// memory and calls also while nobody looks.
    /// </summary>
    public bool Dashboard { get; private set; }

    /// <summary>
    /// Whether the silos are other processes, from <c>Tms:Silo</c>: inside (the default) or outside, which needs a database that processes
    /// can share.
    /// </summary>
    public bool Outside { get; private set; }

    /// <summary>Whether everything is in files of this process.</summary>
    internal bool Embedded => ConnectionString is null;

    /// <summary>The event store's file of an embedded run.</summary>
    internal string StoreFile => Path.Combine(DataPath, "tms.db");

    /// <summary>Orleans' own file of an embedded run: its small writes do not wait for the log's.</summary>
    internal string OrleansFile => Path.Combine(DataPath, "orleans.db");

    /// <summary>Reads <c>Tms:Cluster</c>, <c>Tms:DataPath</c> and <c>ConnectionStrings:Tms</c>.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be right; the message names it.</exception>
    public static SiloOptions From(IConfiguration configuration)
    {
        var options = new SiloOptions();
        var cluster = configuration.GetSection("Tms:Cluster");
        if (SettingTexts.Fault(cluster, typeof(SiloOptions)) is { } fault) throw new InvalidOperationException(fault);
        cluster.Bind(options);
        options.ConnectionString = configuration.GetConnectionString("Tms") is { Length: > 0 } given ? given : null;
        options.DataPath = configuration["Tms:DataPath"] ?? options.DataPath;
        options.MasterKey = configuration["Tms:MasterKey"] is { Length: > 0 } key ? key : null;
        options.Dashboard = configuration["Tms:Dashboard:Enabled"] is { } shown && (bool.TryParse(shown, out var show)
            ? show
            : throw new InvalidOperationException($"Tms:Dashboard:Enabled is '{shown}'; it must be true or false."));
        options.Outside = configuration["Tms:Silo"] switch
        {
            null or "inside" => false,
            "outside" => true,
            var other => throw new InvalidOperationException($"Tms:Silo is '{other}'; it must be inside or outside."),
        };
        options.Validate();
        options.DataPath = Path.GetFullPath(options.DataPath);
        return options;
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be right; the message names it.</exception>
    public void Validate()
    {
        Require(ClusterId.Length > 0, "Tms:Cluster:ClusterId must not be empty.");
        Require(ServiceId.Length > 0, "Tms:Cluster:ServiceId must not be empty.");
        Require(DataPath.Length > 0, "Tms:DataPath must not be empty.");
        var (silo, gateway) = (SiloPort ?? UsualSiloPort, GatewayPort ?? UsualGatewayPort);
        Require(IsPort(silo), $"Tms:Cluster:SiloPort is {silo}; it must be 0 to 65535.");
        Require(IsPort(gateway), $"Tms:Cluster:GatewayPort is {gateway}; it must be 0 to 65535.");
        Require(SiloPort == 0 || silo != gateway, $"Tms:Cluster:SiloPort and Tms:Cluster:GatewayPort are both {silo}; they must differ.");
        Require(
            AdvertisedAddress is null || IPAddress.TryParse(AdvertisedAddress, out _),
            $"Tms:Cluster:AdvertisedAddress is '{AdvertisedAddress}'; it must be an IP address.");
        Require(
            ProbeTimeout >= TimeSpan.FromMilliseconds(200) && ProbeTimeout <= TimeSpan.FromSeconds(30),
            $"Tms:Cluster:ProbeTimeout is {ProbeTimeout}; it must be 200 ms to 30 s.");
        Require(
            ResponseTimeout >= TimeSpan.FromSeconds(1) && ResponseTimeout <= TimeSpan.FromMinutes(5),
            $"Tms:Cluster:ResponseTimeout is {ResponseTimeout}; it must be 1 s to 5 min.");
        Require(
            StartTimeout >= TimeSpan.Zero && StartTimeout <= TimeSpan.FromMinutes(10),
            $"Tms:Cluster:StartTimeout is {StartTimeout}; it must be 0 to 10 min.");
        Require(
            DrainDelay >= TimeSpan.Zero && DrainDelay <= TimeSpan.FromSeconds(10),
            $"Tms:Cluster:DrainDelay is {DrainDelay}; it must be 0 to 10 s.");
        Require(!Outside || !Embedded, "Tms:Silo is outside, which needs PostgreSQL: give ConnectionStrings:Tms.");
        Require(!Kubernetes || !Embedded, "Tms:Cluster:Kubernetes is true without ConnectionStrings:Tms: a silo on SQLite has no cluster.");
        Require(
            !Kubernetes || KubernetesClientConfiguration.IsInCluster(),
            "Tms:Cluster:Kubernetes is true, but this process is in no pod that has a service account.");
        ConnectionStrings.Check(ConnectionString);
    }

    private static bool IsPort(int port) => port is >= 0 and <= 65_535;

    private static void Require(bool holds, string sentence)
    {
        if (!holds) throw new InvalidOperationException(sentence);
    }
}
