namespace Horilla.Platform.Admin.Tenants;

/// <summary>A validation error of a form field.</summary>
/// <param name="Field">The name of the field; empty for the form as a whole.</param>
/// <param name="Message">What is wrong and what to change.</param>
public sealed record FieldError(string Field, string Message);
