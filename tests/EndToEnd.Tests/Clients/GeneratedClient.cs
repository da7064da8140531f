using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using Tms.Api.Tests.Documents;

namespace Tms.EndToEnd.Tests.Clients;

/// <summary>A client that a generator makes from the product's own document, compiled, for one caller.</summary>
internal sealed class GeneratedClient
{
    private readonly object _client;

    private GeneratedClient(object client) => _client = client;

    /// <summary>Makes it; fails with what does not compile.</summary>
    public static async Task<GeneratedClient> Make(int major, HttpClient http)
    {
        var compilation = CSharpCompilation.Create(
            $"Generated.V{major}", [CSharpSyntaxTree.ParseText(await Code(major))], References(), new(OutputKind.DynamicallyLinkedLibrary));
        using var bytes = new MemoryStream();
        var wrong = compilation.Emit(bytes).Diagnostics.Where(said => said.Severity == DiagnosticSeverity.Error);
        Assert.Empty(wrong.Select(said => said.ToString()));
        return new(Activator.CreateInstance(Assembly.Load(bytes.ToArray()).GetType("Generated.Client", throwOnError: true)!, http)!);
    }

    /// <summary>Calls an operation; bodies are given as JSON.</summary>
    /// <param name="operation">Its operationId.</param>
    /// <param name="given">Arguments by name; all others are left out.</param>
    public async Task<JsonElement> Call(string operation, params (string Name, object Value)[] given)
    {
        var method = _client.GetType().GetMethods().Single(one => one.Name == operation + "Async" && TakesCancellation(one));
        var call = (Task)method.Invoke(_client, [.. method.GetParameters().Select(parameter => Argument(parameter, given))])!;
        await call;
        return JsonSerializer.SerializeToElement(call.GetType().GetProperty("Result")!.GetValue(call));
    }

    private static bool TakesCancellation(MethodInfo method) =>
        method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken));

    private static object? Argument(ParameterInfo parameter, (string Name, object Value)[] given) =>
        given.FirstOrDefault(one => one.Name == parameter.Name).Value switch
        {
            string json when parameter.Name == "body" => JsonSerializer.Deserialize(json, parameter.ParameterType),
            { } value => value,
            null when parameter.ParameterType == typeof(CancellationToken) => TestContext.Current.CancellationToken,
            null => parameter.HasDefaultValue ? parameter.DefaultValue : null,
        };

    private static async Task<string> Code(int major)
    {
        var document = await OpenApiDocument.FromJsonAsync((await OwnDocuments.Of(major)).GetRawText());
        return new CSharpClientGenerator(document, new()
        {
            ClassName = "Client",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            GenerateOptionalParameters = true,
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
        }).GenerateFile();
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
