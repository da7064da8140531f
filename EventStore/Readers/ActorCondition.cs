using System.Text;
using System.Text.Json;

namespace Tms.EventStore.Readers;

/// <summary>Finds the events of an actor by the bytes of their metadata, for which there is no index.</summary>
internal static class ActorCondition
{
    /// <summary>True of the events whose actor the parameter <c>@actor</c> is: <see cref="Member"/>.</summary>
    // Quotes within a text of the metadata are escaped: nothing but the actor can look like this.
    public static string Sql(DatabaseKind kind) =>
        kind == DatabaseKind.Postgres ? "position(@actor in metadata) > 0" : "instr(metadata, @actor) > 0";

    /// <summary>The actor as it stands in the metadata.</summary>
    public static byte[] Member(string actor) => Encoding.UTF8.GetBytes($"\"actor\":\"{JsonEncodedText.Encode(actor)}\"");
}
