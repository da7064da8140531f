using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.Silo;

/// <summary>Starts that cannot be: what an operator can mend is a sentence, not a stack trace.</summary>
public static class StartFaults
{
    // How .NET's binder begins the sentence that names a value of the wrong type.
    private const string Unreadable = "Failed to convert configuration value";

    /// <summary>Runs a program to its end. A start that cannot be is told on the standard error output, in one sentence.</summary>
    /// <returns>The exit code: 0, or 1 if it could not start or ended for a reason of its own.</returns>
    public static async Task<int> Run(Func<Task> program)
    {
        try
        {
            await program();
            return Environment.ExitCode;
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"TMS cannot start: {sentence}");
            return 1;
        }
    }

    /// <summary>
    /// Keeps the host from writing, beside the sentence, the stack trace of what stopped its start; whoever calls the returned action lets
    /// it speak again.
    /// </summary>
    public static Action Hush(ILoggingBuilder logging)
    {
        var running = false;
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => running && level >= LogLevel.Information);
        return () => running = true;
    }

    /// <summary>Reads what says by itself, as an <see cref="InvalidOperationException"/>, which value cannot be right.</summary>
    /// <exception cref="ConfigurationFaultException">A value cannot be right.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationFaultException(e.Message, e);
        }
    }

    /// <summary>Checks the addresses to listen on: Kestrel would speak of them without a name.</summary>
    /// <exception cref="ConfigurationFaultException">One is no address.</exception>
    public static void CheckUrls(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url)) throw new ConfigurationFaultException($"urls: '{url}' is not an address such as http://localhost:8000.");
        }
    }

    /// <summary>The sentence of a start that failed; null where it is a fault of ours.</summary>
    internal static string? Sentence(Exception failure) => failure switch
    {
        ConfigurationFaultException or StoreUnavailableException => failure.Message,
        OptionsValidationException options => $"{SectionOf(options)}: {string.Join(' ', options.Failures)}",
        InvalidOperationException when failure.Message.StartsWith(Unreadable, StringComparison.Ordinal) => failure.Message,
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        IOException { InnerException: AddressInUseException } => $"urls: {failure.Message}",
        _ => null,
    };

    private static string SectionOf(OptionsValidationException options) =>
        options.OptionsType.GetField("Section")?.GetRawConstantValue() as string ?? options.OptionsType.Name;

    // The host may be * or +, which is no Uri.
    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= ushort.MaxValue;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
