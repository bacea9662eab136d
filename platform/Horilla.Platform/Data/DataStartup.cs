using Horilla.Platform.Shells;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Platform.Data;

/// <summary>Registers the session of a scope, the migrations of a tenant, and its data protection keys.</summary>
internal sealed class DataStartup(ShellSettings settings, TenantPaths folders) : StartupBase
{
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<StoreIndexRegistration>();
        services.AddScoped(CreateSession);
        services.AddScoped<IDataMigrationManager, DataMigrationManager>();
        services.AddScoped<IModularTenantEvents, AutomaticDataMigrations>();
        services.AddScoped<IShellReleaseManager, ShellReleaseManager>();

        services.AddDataProtection()
            .SetApplicationName(settings.Name)
            .PersistKeysToFileSystem(CreateKeyFolder());
        services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider => new PostConfigureOptions<KeyManagementOptions, ILoggerFactory>(
            Options.DefaultName,
            provider.GetRequiredService<ILoggerFactory>(),
            (options, loggers) => options.XmlRepository = new TolerantXmlRepository(CreateKeyFolder(), loggers)));
    }

    private DirectoryInfo CreateKeyFolder()
    {
        TenantPaths.CreatePrivate(folders.Folder(settings.Name));

        return TenantPaths.CreatePrivate(folders.KeyFolder(settings.Name));
    }

    private static ISession CreateSession(IServiceProvider services)
    {
        var store = services.GetRequiredService<IStore>();
        services.GetRequiredService<StoreIndexRegistration>().Register(store);
        var session = store.CreateSession();
        session.RegisterIndexes([.. services.GetServices<IScopedIndexProvider>()]);

        ShellScope.Current?
            .RegisterBeforeDispose(_ => session.SaveChangesAsync())
            .AddExceptionHandler((_, _) => session.CancelAsync());

        return session;
    }
}
