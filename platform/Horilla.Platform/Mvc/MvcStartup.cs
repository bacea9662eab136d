using System.Text.Encodings.Web;
using System.Text.Unicode;
using Horilla.Platform.Extensions;
using Horilla.Platform.Hosting;
using Horilla.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Descriptor.Models;
using OrchardCore.Modules;

namespace Horilla.Platform.Mvc;

/// <summary>MVC for one tenant: the controllers of its enabled features, and the views of all modules.</summary>
internal sealed class MvcStartup(ShellSettings settings, ShellDescriptor descriptor, ExtensionManager extensions) : StartupBase
{
    private const int AntiforgeryOrder = 1000;

    public override int Order => -200;

    /// <summary>The routes of features come before the general ones.</summary>
    public override int ConfigureOrder => 1000;

    public override void ConfigureServices(IServiceCollection services)
    {
        var views = new ModuleViewsFeatureProvider(extensions);
        var parts = new ApplicationPartManager();
        parts.ApplicationParts.Add(new ShellFeatureApplicationPart(extensions.GetFeatures(descriptor.Features.Select(feature => feature.Id)).SelectMany(extensions.GetTypesForFeature)));
        parts.FeatureProviders.Add(views);

        services.AddSingleton(views);
        services.AddSingleton(parts);
        services.AddRouting();
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<AdminOptions>(_ => { });
        services.AddScoped<ResourceUrlBuilder>();
        services.AddScoped<CurrentSite>();
        services.AddSingleton<IPreRoutingMiddleware, ErrorPagesMiddleware>();
        services.AddSingleton<IPreRoutingMiddleware, StaticFilesMiddleware>();

        services
            .AddMvc(options =>
            {
                options.Conventions.Add(new ModuleAreaConvention(extensions));
                options.ModelBinderProviders.Insert(0, new BooleanModelBinder());

                // No page uses jQuery's notation for field names, and a malformed name in it would throw an exception.
                foreach (var factory in options.ValueProviderFactories.Where(factory => factory is JQueryFormValueProviderFactory or JQueryQueryStringValueProviderFactory).ToArray())
                {
                    options.ValueProviderFactories.Remove(factory);
                }
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute { Order = AntiforgeryOrder });
                options.Filters.Add<AdminFilter>(AntiforgeryOrder + 1);
                options.Filters.Add<SiteSettingsFilter>(-1000);
                options.Filters.Add<ModelBinderAccessorFilter>();
                options.Filters.Add<NotifyFilter>();
            })
            .AddViewLocalization()
            .AddDataAnnotationsLocalization();

        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "orchtemp_" + Uri.EscapeDataString(settings.Name);
            options.Cookie.Path = string.IsNullOrEmpty(settings.RequestUrlPrefix) ? "/" : "/" + settings.RequestUrlPrefix;
        });

        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "orchantiforgery_" + Uri.EscapeDataString(settings.Name);
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = string.IsNullOrEmpty(settings.RequestUrlPrefix) ? "/" : "/" + settings.RequestUrlPrefix;
        });
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => ControllerRouteMapper.Map(routes, serviceProvider.GetRequiredService<IOptions<AdminOptions>>().Value);
}
