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

/// <summary>Validates the form of a tenant. Scoped to the default tenant, whose own paths can't be used as prefixes.</summary>
internal sealed class TenantFormValidator(
    IShellHost shellHost,
    TenantAddresses addresses,
    TenantDatabaseProviders databases,
    IExtensionManager extensions,
    IWebHostEnvironment environment,
    EndpointDataSource endpoints,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<TenantFormValidator> S)
{
    private const int LongestName = 50;
    private const int LongestPrefix = 50;
    private const int LongestText = 255;

    /// <summary>Paths that the host handles itself, before any tenant.</summary>
    private static readonly string[] HostPaths = ["health", "_content", "_framework"];

    /// <summary>Prefixes of configuration sections. A tenant has a section with its name at the same level.</summary>
    private static readonly string[] ConfigurationSections = ["OrchardCore_", "Horilla_"];

    public IEnumerable<FieldError> CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            yield return new(nameof(TenantForm.Name), S["Enter a name that begins with a letter and has up to {0} letters, digits, underscores and hyphens.", LongestName]);
        }
        else if (name.Contains("_", StringComparison.Ordinal) && ConfigurationSections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(nameof(TenantForm.Name), S["Names that begin with {0} are reserved for configuration sections. Choose another name.", name.Split('_')[0] + "_"]);
        }
        else if (shellHost.TryGetSettings(name, out _))
        {
            yield return new(nameof(TenantForm.Name), S["A tenant with this name already exists."]);
        }
    }

    /// <summary>Writes the host names and the prefix to the settings, and returns what is wrong with them.</summary>
    public IEnumerable<FieldError> ApplyAddress(TenantForm form, ShellSettings settings)
    {
        if (form.Description?.Length > LongestText)
        {
            yield return new(nameof(TenantForm.Description), S["The description can have up to {0} characters.", LongestText]);
        }

        if (!TenantAddresses.TryReadHosts(form.RequestUrlHost, out var hosts, out var wrong))
        {
            yield return new(nameof(TenantForm.RequestUrlHost), S["“{0}” isn't a valid host name. Enter only names, for example crm.example.com or *.example.com, without https:// or a path.", wrong]);
            yield break;
        }

        settings.RequestUrlHost = hosts;

        if (settings.IsDefaultShell())
        {
            if (addresses.FindOther(settings) is { } taken)
            {
                yield return AddressInUse(nameof(TenantForm.RequestUrlHost), taken);
            }

            yield break;
        }

        settings.RequestUrlPrefix = form.RequestUrlPrefix ?? "";
        var prefix = settings.RequestUrlPrefix;

        if (prefix.Length > LongestPrefix || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') || prefix is "." or "..")
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter a single path segment, for example acme, of up to {0} letters, digits, hyphens, underscores and dots.", LongestPrefix]);
        }
        else if (prefix.Length == 0 && hosts is null)
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter a prefix, or a host name below. Without either, the tenant would have the address of the default tenant."]);
        }
        else if (prefix.Length > 0 && GetReservedSegments().Contains(prefix))
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["The default tenant has pages under /{0}, which would become unreachable. Choose another prefix.", prefix]);
        }
        else if (prefix.Length == 0 && TenantAddresses.MatchesHost(settings, httpContextAccessor.HttpContext!.Request.Host))
        {
            yield return new(nameof(TenantForm.RequestUrlHost), S["You're managing the tenants at {0}, where the default tenant would become unreachable. Choose another host name, or enter a prefix.", httpContextAccessor.HttpContext!.Request.Host.Host]);
        }
        else if (addresses.FindOther(settings) is { } other)
        {
            yield return AddressInUse(prefix.Length > 0 ? nameof(TenantForm.RequestUrlPrefix) : nameof(TenantForm.RequestUrlHost), other);
        }
    }

    public IEnumerable<FieldError> CheckRecipe(string? recipe, IEnumerable<RecipeDescriptor> recipes)
    {
        if (!recipes.Any(candidate => string.Equals(candidate.Name, recipe, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(nameof(DatabaseForm.RecipeName), S["Choose one of the recipes."]);
        }
    }

    public IEnumerable<FieldError> CheckDatabase(ShellSettings settings) => databases.Validate(settings).Select(problem => new FieldError(problem.Key, problem.Problem));

    private FieldError AddressInUse(string field, ShellSettings other) => new(field, S["The tenant {0} already has this address. Choose another prefix or host name.", other.Name]);

    /// <summary>The first path segments of the default tenant's pages and static files.</summary>
    private HashSet<string> GetReservedSegments()
        => endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments.Count > 0 && endpoint.RoutePattern.PathSegments[0] is { IsSimple: true } segment ? segment.Parts[0] : null)
            .OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>()
            .Select(part => part.Content)
            .Concat(extensions.GetExtensions().Select(extension => extension.Id))
            .Concat(environment.WebRootFileProvider.GetDirectoryContents("").Select(file => file.Name))
            .Concat(HostPaths)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
