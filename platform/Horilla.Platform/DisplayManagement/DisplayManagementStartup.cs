using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.Modules;
using OrchardCore.ResourceManagement;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Registers shapes, their templates, and the services for pages.</summary>
internal sealed class DisplayManagementStartup : StartupBase
{
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IShapeFactory, ShapeFactory>();
        services.AddSingleton<ShapeTemplateLocator>();
        services.AddSingleton<RazorPageFactoryCache>();
        services.AddScoped<TemplateRenderer>();
        services.AddScoped<ViewContextAccessor>();
        services.AddScoped<IDisplayHelper, DisplayHelper>();
        services.AddScoped(typeof(IDisplayManager<>), typeof(DisplayManager<>));

        services.AddScoped<ILayoutAccessor, LayoutAccessor>();
        services.AddScoped<CurrentLayout>();
        services.AddScoped<IPageTitleBuilder, PageTitleBuilder>();
        services.AddScoped<IUpdateModelAccessor, UpdateModelAccessor>();
        services.AddScoped<INotifier, Notifier>();
        services.AddScoped<IResourceManager, ResourceManager>();
    }
}
