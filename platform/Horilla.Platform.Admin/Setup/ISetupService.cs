using Horilla.Platform.Admin.Tenants;

namespace Horilla.Platform.Admin.Setup;

/// <summary>Sets up the tenant of the request.</summary>
public interface ISetupService
{
    /// <summary>Whether a request with this token may set up the tenant.</summary>
    bool Allows(string? token);

    /// <summary>Fills in the options that the form offers.</summary>
    Task PopulateOptionsAsync(SetupForm form);

    /// <summary>Sets up the tenant.</summary>
    /// <returns>The errors. If there are any, nothing of the attempt is left.</returns>
    Task<IReadOnlyList<FieldError>> RunAsync(SetupForm form);
}
