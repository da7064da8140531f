namespace Tms.Domain.Customers;

/// <summary>What has happened to a customer.</summary>
public abstract record CustomerEvent;

/// <summary>CUSTOMER_CREATED.</summary>
/// <param name="Number">In the company's series of customer numbers.</param>
/// <param name="Input">All about the customer.</param>
public sealed record CustomerCreated(long Number, CustomerInput Input) : CustomerEvent;

/// <summary>CUSTOMER_UPDATED.</summary>
/// <param name="Number">As before.</param>
/// <param name="Input">All about the customer from now on.</param>
public sealed record CustomerUpdated(long Number, CustomerInput Input) : CustomerEvent;

/// <summary>CUSTOMER_ARCHIVED.</summary>
/// <param name="Number">As before.</param>
/// <param name="Name">As before.</param>
public sealed record CustomerArchived(long Number, string Name) : CustomerEvent;
