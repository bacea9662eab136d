namespace Horilla.Platform.Setup;

/// <summary>The section <c>OrchardCore_AutoSetup</c> of the configuration.</summary>
internal sealed class AutoSetupOptions
{
    public const string Section = "OrchardCore_AutoSetup";

    public List<TenantSetupOptions> Tenants { get; set; } = [];
}
