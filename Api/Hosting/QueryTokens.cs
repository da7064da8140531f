using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tms.Api.Hosting;

/// <summary>Takes access tokens out of addresses before anything can log or trace them.</summary>
/// <remarks>
/// Browsers cannot send a header with a WebSocket: for /hubs a token in the query becomes the request's header. Elsewhere it opens nothing,
/// and is cut as well.
/// It stands in front of the host, because the host logs the address of a request before the first middleware runs.
/// </remarks>
internal static class QueryTokens
{
    private const string Name = "access_token";
    private static readonly PathString Hubs = new("/hubs");

    /// <summary>Puts the look at each request in front of the server that is registered.</summary>
    public static IServiceCollection AddQueryTokens(this IServiceCollection services)
    {
        var server = services.LastOrDefault(s => s.ServiceType == typeof(IServer));
        if (server?.ImplementationType is not { } type)
            throw new InvalidOperationException("A server must be registered before the Api's edge.");
        return services.Replace(
            ServiceDescriptor.Singleton<IServer>(provider => new Server((IServer)ActivatorUtilities.CreateInstance(provider, type))));
    }

    /// <summary>Takes every token out of a request's query.</summary>
    public static void Take(IHttpRequestFeature request)
    {
        if (!request.QueryString.Contains(Name, StringComparison.OrdinalIgnoreCase)
            && !request.QueryString.Contains('%', StringComparison.Ordinal)) return;
        var parts = request.QueryString.TrimStart('?').Split('&');
        var tokens = Array.FindAll(parts, IsToken);
        if (tokens.Length == 0) return;
        var rest = string.Join('&', parts.Where(part => !IsToken(part)));
        var target =
            request.RawTarget.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? request.RawTarget[..query] : request.RawTarget;
        request.QueryString = rest.Length > 0 ? "?" + rest : "";
        request.RawTarget = target + request.QueryString;
        if (tokens is [var one] && request.Headers.Authorization.Count == 0
            && new PathString(request.Path).StartsWithSegments(Hubs, StringComparison.Ordinal))
            request.Headers.Authorization = "Bearer " + Value(one);
    }

    private static bool IsToken(string part) =>
        string.Equals(WebUtility.UrlDecode(part.Split('=', 2)[0]), Name, StringComparison.OrdinalIgnoreCase);

    private static string Value(string part) => part.Split('=', 2) is [_, var value] ? WebUtility.UrlDecode(value) : "";

    private sealed class Server(IServer inner) : IServer
    {
        public IFeatureCollection Features => inner.Features;

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => inner.StartAsync(new Application<TContext>(application), cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Application<TContext>(IHttpApplication<TContext> inner) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            Take(contextFeatures.GetRequiredFeature<IHttpRequestFeature>());
            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
