using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

internal sealed class ShellOptionsSetup(IHostEnvironment environment) : IConfigureOptions<ShellOptions>
{
    public const string ApplicationDataVariable = "ORCHARD_APP_DATA";

    public void Configure(ShellOptions options)
    {
        var configured = Environment.GetEnvironmentVariable(ApplicationDataVariable);
        options.ShellsApplicationDataPath = string.IsNullOrEmpty(configured)
            ? Path.Combine(environment.ContentRootPath, "App_Data")
            : Path.GetFullPath(configured);
        options.ShellsContainerName = "Sites";
    }
}
