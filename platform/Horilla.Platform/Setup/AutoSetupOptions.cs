namespace Horilla.Platform.Setup;

/// <summary>The configuration section <c>OrchardCore_AutoSetup</c>.</summary>
internal sealed class AutoSetupOptions
{
    public const string Section = "OrchardCore_AutoSetup";

    public List<TenantSetupOptions> Tenants { get; set; } = [];
}
