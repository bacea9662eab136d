using Horilla.Platform.Databases;
using Horilla.Platform.Recipes;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Says what is wrong with the form of a tenant. Scoped to the default tenant, whose own paths no prefix may take.</summary>
internal sealed class TenantFormValidator(
    IShellHost shellHost,
    TenantAddresses addresses,
    TenantDatabases databases,
    IExtensionManager extensions,
    IWebHostEnvironment environment,
    EndpointDataSource endpoints,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<TenantFormValidator> S)
{
    private const int LongestName = 50;
    private const int LongestPrefix = 50;
    private const int LongestText = 255;

    /// <summary>What the host answers itself, before any tenant.</summary>
    private static readonly string[] HostPaths = ["health", "_content", "_framework"];

    /// <summary>What the names of sections begin with: a tenant's own section stands beside them.</summary>
    private static readonly string[] ConfigurationSections = ["OrchardCore_", "Horilla_"];

    public IEnumerable<FieldError> CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            yield return new(nameof(TenantForm.Name), S["Enter a name of {0} letters, digits, underscores and hyphens at most, which begins with a letter.", LongestName]);
        }
        else if (name.Contains("_", StringComparison.Ordinal) && ConfigurationSections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(nameof(TenantForm.Name), S["Names that begin with {0} are those of sections of the configuration. Choose another.", name.Split('_')[0] + "_"]);
        }
        else if (shellHost.TryGetSettings(name, out _))
        {
            yield return new(nameof(TenantForm.Name), S["There is a tenant of this name already."]);
        }
    }

    /// <summary>Puts host names and prefix into the settings, and says what is wrong with them.</summary>
    public IEnumerable<FieldError> ApplyAddress(TenantForm form, ShellSettings settings)
    {
        if (form.Description?.Length > LongestText)
        {
            yield return new(nameof(TenantForm.Description), S["The description may have {0} characters at most.", LongestText]);
        }

        if (!TenantAddresses.TryReadHosts(form.RequestUrlHost, out var hosts, out var wrong))
        {
            yield return new(nameof(TenantForm.RequestUrlHost), S["“{0}” is no host name. Enter names such as crm.example.com or *.example.com, without https:// and without a path.", wrong]);
            yield break;
        }

        settings.RequestUrlHost = hosts;

        if (settings.IsDefaultShell())
        {
            if (addresses.FindOther(settings) is { } taken)
            {
                yield return Taken(nameof(TenantForm.RequestUrlHost), taken);
            }

            yield break;
        }

        settings.RequestUrlPrefix = form.RequestUrlPrefix ?? "";
        var prefix = settings.RequestUrlPrefix;

        if (prefix.Length > LongestPrefix || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') || prefix is "." or "..")
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter {0} letters, digits, hyphens, underscores and dots at most: one part of a path, such as acme.", LongestPrefix]);
        }
        else if (prefix.Length == 0 && hosts is null)
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter a prefix, or a host name below: without either, its address is the one of the default tenant."]);
        }
        else if (prefix.Length > 0 && Reserved().Contains(prefix))
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["The default tenant has pages below /{0}, which nobody could reach any more. Choose another prefix.", prefix]);
        }
        else if (prefix.Length == 0 && TenantAddresses.Covers(settings, httpContextAccessor.HttpContext!.Request.Host))
        {
            yield return new(nameof(TenantForm.RequestUrlHost), S["You manage the tenants by the name {0} now: nobody could reach the default tenant by it any more. Choose another host name, or a prefix.", httpContextAccessor.HttpContext!.Request.Host.Host]);
        }
        else if (addresses.FindOther(settings) is { } other)
        {
            yield return Taken(prefix.Length > 0 ? nameof(TenantForm.RequestUrlPrefix) : nameof(TenantForm.RequestUrlHost), other);
        }
    }

    public IEnumerable<FieldError> CheckRecipe(string? recipe, IEnumerable<Recipe> recipes)
    {
        if (!recipes.Any(candidate => string.Equals(candidate.Name, recipe, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(nameof(DatabaseForm.RecipeName), S["Choose one of the recipes."]);
        }
    }

    public IEnumerable<FieldError> CheckDatabase(ShellSettings settings) => databases.Check(settings).Select(problem => new FieldError(problem.Key, problem.Problem));

    private FieldError Taken(string field, ShellSettings other) => new(field, S["The tenant {0} has this address already. Choose another prefix or host name.", other.Name]);

    /// <summary>The first parts of the paths at which the default tenant and its static files answer.</summary>
    private HashSet<string> Reserved()
        => endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments.Count > 0 && endpoint.RoutePattern.PathSegments[0] is { IsSimple: true } segment ? segment.Parts[0] : null)
            .OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>()
            .Select(part => part.Content)
            .Concat(extensions.GetExtensions().Select(extension => extension.Id))
            .Concat(environment.WebRootFileProvider.GetDirectoryContents("").Select(file => file.Name))
            .Concat(HostPaths)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
