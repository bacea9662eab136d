using Horilla.Platform.Admin.Panel;
using Horilla.Platform.Admin.Roles;
using Horilla.Platform.Setup;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Services;

namespace Horilla.Platform.Admin.Users;

[Feature("OrchardCore.Users")]
public sealed class Startup(ShellSettings settings) : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddIndexProvider<UserIndexProvider>();
        services.AddDataMigration<UserMigrations>();

        services.AddIdentity<IUser, IRole>(options =>
        {
            options.User.RequireUniqueEmail = true;

            // Any script: the validator below rejects only what could be taken for another name.
            options.User.AllowedUserNameCharacters = "";
            options.Password.RequiredLength = 8;
            options.SignIn.RequireConfirmedAccount = true;
        }).AddUserValidator<ConfusableUserNameValidator>().AddClaimsPrincipalFactory<DisplayNameClaimsFactory>().AddDefaultTokenProviders();

        services.AddScoped<IUserStore<IUser>, UserStore>();
        services.Replace(ServiceDescriptor.Scoped<IUserConfirmation<IUser>, EnabledUserConfirmation>());
        services.AddScoped<IUserService, UserService>();
        services.AddScoped<ITenantSetupHandler, AdministratorSetupHandler>();
        services.AddSingleton<DeniedPermissionCookie>();
        services.Configure<SignInSessionOptions>(settings.ShellConfiguration.GetSection(SignInSessionOptions.Section));
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<RevokedSessions>();
        services.AddSingleton<KnownDeviceCookie>();
        services.Replace(ServiceDescriptor.Scoped<ISecurityStampValidator, SignInSessionValidator>());
        services.AddScoped<LastAdministratorGuard>();
        services.TryAddScoped<PermissionGrantPolicy>();
        services.AddRecipeExecutionStep<UsersStep>();
        services.AddPermissionProvider<UsersPermissionProvider>();
        services.AddNavigationProvider<UsersMenu>();
        services.AddScoped<IDashboardProvider, UsersDashboard>();
        services.AddScoped<UserInvitation>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = UserInvitation.Lifetime);

        // Users who are disabled or deleted, or who lose a role, are signed out at the next request.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);

        services.ConfigureApplicationCookie(ConfigureCookie);
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        Map(routes, "Login", "Login", "Login");
        Map(routes, "LogOff", "Users/LogOff", "LogOff");
        Map(routes, "Invitation", "Invitation", "Index", "Invitation");
        Map(routes, "ChangePassword", "ChangePassword", "Index", "ChangePassword");
    }

    private void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "orchauth_" + Uri.EscapeDataString(settings.Name);
        options.Cookie.Path = string.IsNullOrEmpty(settings.RequestUrlPrefix) ? "/" : "/" + settings.RequestUrlPrefix;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/Login";
        options.LogoutPath = "/Users/LogOff";
        options.AccessDeniedPath = "/Error/403";
        options.Events.OnSigningIn = context =>
        {
            SignInSession.Begin(context.Properties, context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context => context.HttpContext.RequestServices.GetRequiredService<DeniedPermissionCookie>().RedirectAsync(context);
    }

    private static void Map(IEndpointRouteBuilder routes, string name, string pattern, string action, string controller = "Account")
        => routes.MapAreaControllerRoute(name, "OrchardCore.Users", pattern, new { controller, action });
}
