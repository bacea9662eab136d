using Microsoft.Extensions.Configuration;

namespace OrchardCore.Environment.Shell.Configuration;

/// <summary>The section <c>OrchardCore</c> of the application's configuration, overridden by the tenant's own values.</summary>
public interface IShellConfiguration : IConfiguration
{
}
