namespace Tms.Domain.Shared;

/// <summary>Codes that rules of every area answer with. Never renamed.</summary>
public static class RuleCodes
{
    /// <summary>404: there is nothing here that the caller may know of.</summary>
    public const string NotFound = "not_found";

    /// <summary>409: the id belongs to another resource already.</summary>
    public const string AlreadyExists = "already_exists";

    /// <summary>409: a file that is named is not stored, or not any more: send the file first.</summary>
    public const string FileNotStored = "file_not_stored";

    /// <summary>429: somebody of the company had a mail sent to this address a moment ago; Retry-After says when the next may go.</summary>
    public const string MailedLately = "mailed_lately";

    /// <summary>
    /// 429: the company has had as many mails sent within an hour as it may have: fewer until its leader has shown the own address.
    /// </summary>
    public const string TooManyMails = "too_many_mails";

    /// <summary>422: a field that must be there is missing, null or blank, or holds nothing that can be seen.</summary>
    public const string Required = "required";

    /// <summary>422: more characters than allowed.</summary>
    public const string TooLong = "too_long";

    /// <summary>422: control characters, NUL, U+FFFE, U+FFFF or half of a surrogate pair.</summary>
    public const string InvalidCharacters = "invalid_characters";

    /// <summary>422: a number or date outside its bounds.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>422: a number with more decimals than allowed. The value decides: 1.000 has none.</summary>
    public const string TooManyDecimals = "too_many_decimals";

    /// <summary>422: an organisation number that fails MOD11, has not nine digits, or begins with neither 8 nor 9.</summary>
    public const string InvalidOrganisationNumber = "invalid_organisation_number";

    /// <summary>422: a text that is no e-mail address.</summary>
    public const string InvalidEmail = "invalid_email";

    /// <summary>
    /// 422: a phone number of fewer than 3 or more than 30 characters, or with others than digits, blanks, +, - and brackets.
    /// </summary>
    public const string InvalidPhone = "invalid_phone";

    /// <summary>422: a country that ISO 3166-1 alpha-2 does not have.</summary>
    public const string UnknownCountry = "unknown_country";
}
