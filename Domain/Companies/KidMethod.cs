using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Companies;

/// <summary>How the control digit of a KID is made: agreed between the company and its bank.</summary>
[JsonConverter(typeof(EnumConverter<KidMethod>))]
public enum KidMethod
{
    /// <summary>Luhn: the default, every number has a digit.</summary>
    Mod10,

    /// <summary>Weights 2 to 7.</summary>
    Mod11,
}
