using Horilla.Platform.BackgroundTasks;
using Horilla.Platform.Caching;
using Horilla.Platform.Data;
using Horilla.Platform.Databases;
using Horilla.Platform.DisplayManagement;
using Horilla.Platform.Extensions;
using Horilla.Platform.Hosting;
using Horilla.Platform.Locking;
using Horilla.Platform.Mvc;
using Horilla.Platform.Navigation;
using Horilla.Platform.Recipes;
using Horilla.Platform.Security;
using Horilla.Platform.Settings;
using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Microsoft.Extensions.DependencyInjection;

public static class OrchardCoreServices
{
    /// <summary>Makes the application a host of tenants. Further calls return the same builder.</summary>
    public static OrchardCoreBuilder AddOrchardCore(this IServiceCollection services)
    {
        if (services.FirstOrDefault(descriptor => descriptor.ServiceType == typeof(OrchardCoreBuilder))?.ImplementationInstance is OrchardCoreBuilder existing)
        {
            return existing;
        }

        var startups = new HostStartups();
        var features = new HostFeatures();
        var builder = new OrchardCoreBuilder(services, startups, features);

        services.AddSingleton(builder);
        services.AddSingleton(startups);
        services.AddSingleton(features);
        services.AddSingleton(new HostServiceCopier(services));
        AddHostServices(services);

        builder.RegisterStartup<DataStartup>();
        builder.RegisterStartup<ShellsStartup>();
        builder.RegisterStartup<LockingStartup>();
        builder.RegisterStartup<CachingStartup>();
        builder.RegisterStartup<MvcStartup>();
        builder.RegisterStartup<DisplayManagementStartup>();
        builder.RegisterStartup<SecurityStartup>();
        builder.RegisterStartup<SettingsStartup>();
        builder.RegisterStartup<NavigationStartup>();
        builder.RegisterStartup<RecipesStartup>();

        return builder;
    }

    private static void AddHostServices(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddLocalization();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IClock, Clock>();

        services.AddSingleton(provider => new ExtensionManager(ModuleDiscovery.Find(provider.GetRequiredService<IHostEnvironment>())));
        services.AddSingleton<IExtensionManager>(provider => provider.GetRequiredService<ExtensionManager>());
        services.AddSingleton<ITypeFeatureProvider>(provider => provider.GetRequiredService<ExtensionManager>());

        services.AddSingleton<IConfigureOptions<ShellOptions>, ShellOptionsSetup>();
        services.AddSingleton<TenantPaths>();
        services.AddSingleton<HostDataProtection>();
        services.AddSingleton<TenantOutages>();
        services.AddSingleton<ConnectionStringProtector>();
        services.AddSingleton<TenantDatabaseProvider, SqliteTenantDatabaseProvider>();
        services.AddSingleton<TenantDatabaseProvider, PostgresTenantDatabaseProvider>();
        services.AddSingleton<TenantDatabaseProviders>();
        services.AddSingleton<IShellSettingsManager, ShellSettingsManager>();
        services.AddSingleton<IRunningShellTable, RunningShellTable>();
        services.AddSingleton<TenantAddresses>();
        services.AddSingleton<ShellContainerFactory>();
        services.AddSingleton<ShellContextFactory>();
        services.AddSingleton<ShellHost>();
        services.AddSingleton<IShellHost>(provider => provider.GetRequiredService<ShellHost>());

        services.AddSingleton<LocalLock>();
        services.AddHostedService<ShellHostInitializer>();
        services.AddHostedService<TenantsFileWatcher>();
        services.AddHostedService<BackgroundTaskService>();
        services.AddSingleton<ShapeProxyFactory>();
        services.AddSingleton<ModuleFileProvider>();
        services.AddSingleton<RecipeHarvester>();
        services.AddSingleton<SetupMutex>();
        services.AddSingleton<SetupTokenProvider>();
        services.AddSingleton<ISetupTokenProvider>(provider => provider.GetRequiredService<SetupTokenProvider>());
        services.AddSingleton<TenantSetup>();
        services.AddSingleton<IAutoSetup, AutoSetup>();
        services.AddSingleton<TenantMiddleware>();
    }
}
