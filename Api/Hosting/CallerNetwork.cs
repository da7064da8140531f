using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tms.Api.Hosting;

/// <summary>A caller without a name: an address of IPv4, or a network of IPv6, and the networks around either.</summary>
/// <remarks>
/// One network at home has a /64 of IPv6: that is the caller, not each of its addresses. One customer is given up to a /56, one site a /48.
/// </remarks>
/// <param name="Bits">The first 64 bits of IPv6, or the 32 bits of IPv4; zero behind <paramref name="Length"/>.</param>
/// <param name="Length">Bits that count: 64, 56 or 48 of IPv6, 32 or 24 of IPv4.</param>
/// <param name="IsV6">Whether it is of IPv6.</param>
internal readonly record struct CallerNetwork(ulong Bits, int Length, bool IsV6)
{
    /// <summary>The network around it: a customer's /56, or a /24 of IPv4.</summary>
    public CallerNetwork Around => new(Bits & ~0xFFUL, IsV6 ? 56 : 24, IsV6);

    /// <summary>The site of an IPv6 network: its /48.</summary>
    public CallerNetwork Site => new(Bits & ~0xFFFFUL, 48, IsV6);

    /// <summary>The caller that a request comes from.</summary>
    public static CallerNetwork Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>The caller behind an address.</summary>
    public static CallerNetwork Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new(BinaryPrimitives.ReadUInt64BigEndian(bytes), 64, true)
            : new(BinaryPrimitives.ReadUInt32BigEndian(bytes), 32, false);
    }

    /// <summary>The same text on every node.</summary>
    public override string ToString() => (IsV6, Length) switch
    {
        (false, 32) => Address,
        (false, _) => $"{Address}/{Length}",
        (true, 64) => $"{Bits:x16}::",
        _ => $"{Bits:x16}::/{Length}",
    };

    private string Address =>
        string.Create(CultureInfo.InvariantCulture, $"{Bits >> 24}.{(Bits >> 16) & 255}.{(Bits >> 8) & 255}.{Bits & 255}");
}
