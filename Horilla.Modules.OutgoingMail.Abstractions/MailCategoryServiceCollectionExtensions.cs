using Microsoft.Extensions.DependencyInjection;

namespace Horilla.Modules.OutgoingMail;

/// <summary>Announces the kinds of messages that a module sends.</summary>
public static class MailCategoryServiceCollectionExtensions
{
    /// <summary>Announces a category of messages, so that administrators see its label. Call it in the <c>ConfigureServices</c> of a module's startup.</summary>
    /// <param name="services">The services of the tenant.</param>
    /// <param name="name">The technical name, for example <c>password-reset</c>: see <see cref="OutgoingMailOptions.Category"/>.</param>
    /// <param name="label">The label for administrators, for example "Password reset". The name if it's null or blank.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, blank or longer than 100 characters.</exception>
    public static IServiceCollection AddMailCategory(this IServiceCollection services, string name, string? label = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var normalized = name.Trim().ToLowerInvariant();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(normalized.Length, 100, nameof(name));

        return services.AddSingleton(new MailCategory(normalized, string.IsNullOrWhiteSpace(label) ? normalized : label.Trim()));
    }
}
