using Microsoft.Extensions.Configuration;

namespace OrchardCore.Environment.Shell.Configuration;

/// <summary>The section <c>OrchardCore</c> of the application's configuration, with the tenant's own values over it.</summary>
public interface IShellConfiguration : IConfiguration
{
}
