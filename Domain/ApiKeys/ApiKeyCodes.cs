namespace Tms.Domain.ApiKeys;

/// <summary>Codes that the rules of API keys answer with. Never renamed.</summary>
public static class ApiKeyCodes
{
    /// <summary>422: a scope that no key has, or that the maker of the key does not have.</summary>
    public const string ScopeNotAllowed = "scope_not_allowed";
}
