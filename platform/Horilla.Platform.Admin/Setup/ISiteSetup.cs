using Horilla.Platform.Admin.Tenants;

namespace Horilla.Platform.Admin.Setup;

/// <summary>Sets up the tenant of the request.</summary>
public interface ISiteSetup
{
    /// <summary>Whether who has this token may do it.</summary>
    bool Allows(string? token);

    /// <summary>Puts what the form chooses from into it.</summary>
    Task CompleteAsync(SetupForm form);

    /// <summary>Sets the tenant up.</summary>
    /// <returns>What is wrong; nothing is left of the attempt then.</returns>
    Task<IReadOnlyList<FieldError>> RunAsync(SetupForm form);
}
