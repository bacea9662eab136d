using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.Modules;
using OrchardCore.ResourceManagement;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Shapes, their templates, and what pages are made of.</summary>
internal sealed class DisplayManagementStartup : StartupBase
{
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IShapeFactory, ShapeFactory>();
        services.AddSingleton<ShapeTemplates>();
        services.AddSingleton<TemplatePages>();
        services.AddScoped<TemplateRenderer>();
        services.AddScoped<CurrentViewContext>();
        services.AddScoped<IDisplayHelper, DisplayHelper>();
        services.AddScoped(typeof(IDisplayManager<>), typeof(DisplayManager<>));

        services.AddScoped<ILayoutAccessor, LayoutAccessor>();
        services.AddScoped<LayoutShape>();
        services.AddScoped<IPageTitleBuilder, PageTitleBuilder>();
        services.AddScoped<IUpdateModelAccessor, UpdateModelAccessor>();
        services.AddScoped<INotifier, Notifier>();
        services.AddScoped<IResourceManager, ResourceManager>();
    }
}
