using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>An OpenID Connect authority on the loopback address: its discovery document, its keys, and tokens of any kind.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Audience = "tms-test";
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpListener _listener = new();

    public TestAuthority()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    /// <summary>The public key, for forgeries.</summary>
    public byte[] PublicKey => _rsa.ExportSubjectPublicKeyInfo();

    /// <summary>The claims of a good token.</summary>
    public Dictionary<string, object> Claims(string email)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = Address,
            ["aud"] = Audience,
            ["sub"] = "outside|1",
            ["email"] = email,
            ["email_verified"] = true,
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["jti"] = Guid.NewGuid().ToString(),
        };
    }

    public string Token(Dictionary<string, object> claims, string alg = "RS256", string kid = "rsa", RSA? key = null)
    {
        var text = $"{Part(new { alg, typ = "JWT", kid })}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = alg switch
        {
            "RS256" => (key ?? _rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256),
            "HS256" => HMACSHA256.HashData(PublicKey, bytes),
            _ => [],
        };
        return $"{text}.{Base64UrlEncoder.Encode(signature)}";
    }

    public void Dispose()
    {
        _listener.Close();
        _rsa.Dispose();
        _ec.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var body = JsonSerializer.SerializeToUtf8Bytes(context.Request.Url!.AbsolutePath == "/keys" ? Keys() : Document());
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }

    private object Document() =>
        new
        {
            issuer = Address,
            jwks_uri = Address + "/keys",
            authorization_endpoint = Address + "/authorize",
            token_endpoint = Address + "/token"
        };

    private object Keys()
    {
        var (rsa, ec) = (_rsa.ExportParameters(false), _ec.ExportParameters(false));
        return new
        {
            keys = new object[]
            {
                new { kty = "RSA", use = "sig", alg = "RS256", kid = "rsa", n = Base64UrlEncoder.Encode(rsa.Modulus),
                    e = Base64UrlEncoder.Encode(rsa.Exponent) },
                new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "ec", x = Base64UrlEncoder.Encode(ec.Q.X),
                    y = Base64UrlEncoder.Encode(ec.Q.Y) },
            },
        };
    }

    private static string Part(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
