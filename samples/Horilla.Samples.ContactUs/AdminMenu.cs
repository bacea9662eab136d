using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace Horilla.Samples.ContactUs;

/// <summary>Adds Tools > Contact us to the admin menu.</summary>
public sealed class AdminMenu(IStringLocalizer<AdminMenu> stringLocalizer) : AdminNavigationProvider
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Tools"], tools => tools
            .Add(S["Contact us"], S["Contact us"].PrefixPosition(), contact => contact
                .Action("Index", "Admin", "Horilla.Samples.ContactUs", new RouteValueDictionary())
                .Permission(ContactUsPermissions.SendContactMessages)
                .LocalNav()));

        return ValueTask.CompletedTask;
    }
}
