using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.Api.Http;

namespace Tms.Api.Versioning;

/// <summary>Puts versions of the API together.</summary>
internal static class VersioningExtensions
{
    /// <summary>Endpoint selection by version, and one API description per major version (<c>v1</c>, <c>v2</c>).</summary>
    public static IServiceCollection AddTmsVersioning(this IServiceCollection services)
    {
        services.AddSingleton<VersionClock>();
        services.AddApiVersioning(options =>
        {
            options.DefaultApiVersion = ApiVersions.V2;
            options.AssumeDefaultVersionWhenUnspecified = true;
            options.ReportApiVersions = false;
            options.ApiVersionReader = new NoReader();
        }).AddMvc().AddApiExplorer(options =>
        {
            options.GroupNameFormat = "'v'V";
            options.SubstituteApiVersionInUrl = false;
        });
        services.AddOptions<ApiVersioningOptions>().PostConfigure<VersionClock>((options, clock) => options.ApiVersionSelector = clock);
        services.Replace(ServiceDescriptor.Singleton<IProblemDetailsService, VersionProblems>());
        return services;
    }

    // The version was read before routing; nothing else of the request is one.
    private sealed class NoReader : IApiVersionReader
    {
        public void AddParameters(IApiVersionParameterDescriptionContext context)
        {
        }

        public IReadOnlyList<string> Read(HttpRequest request) => [];
    }

    // Endpoint selection says here that the resource does not exist in the version asked for.
    private sealed class VersionProblems : IProblemDetailsService
    {
        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var facts = context.HttpContext.Facts();
            return new ValueTask(ProblemWriter.Write(context.HttpContext, For(context.ProblemDetails, facts)));
        }

        public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
        {
            await WriteAsync(context);
            return true;
        }

        private static Problem For(ProblemDetails details, RequestFacts facts)
        {
            if (details.Type != ProblemDetailsDefaults.Unsupported.Type) return Faults.Bare(details.Status ?? 500);
            var other = ApiVersions.Exact(facts.Major == 1 ? 2 : 1);
            return new Problem(400, ErrorCodes.UnsupportedApiVersion, $"This resource exists in version {other} only.")
            {
                Supported = [other],
            };
        }
    }
}
