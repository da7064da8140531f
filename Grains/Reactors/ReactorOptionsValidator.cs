using Microsoft.Extensions.Options;

namespace Tms.Grains.Reactors;

/// <summary>Holds <see cref="ReactorOptions"/> to their ranges when the silo starts.</summary>
[OptionsValidator]
internal sealed partial class ReactorOptionsValidator : IValidateOptions<ReactorOptions>;
