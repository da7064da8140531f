using Microsoft.Extensions.Options;

namespace Tms.Streams.Providers;

/// <summary>Holds <see cref="LogStreamOptions"/> to their ranges when the silo starts.</summary>
[OptionsValidator]
internal sealed partial class LogStreamOptionsValidator : IValidateOptions<LogStreamOptions>;
