using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Adds mail server types to a tenant.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds a mail server type. Call it in the <c>ConfigureServices</c> of a module's startup, and let the module's feature
    /// depend on "Horilla.Modules.OutgoingMail".
    /// </summary>
    /// <typeparam name="TType">Describes the type.</typeparam>
    /// <typeparam name="TTransport">Sends its messages. Created only when a server of this type is used.</typeparam>
    /// <typeparam name="TDriver">
    /// The form groups that only this type has. It handles only configurations of its type (<c>CanHandleModel</c>), and ends
    /// its <c>UpdateAsync</c> with <see cref="ServerFormContext.CompleteTypePart"/>.
    /// </typeparam>
    /// <param name="services">The services of the tenant.</param>
    public static IServiceCollection AddMailServerType<TType, TTransport, TDriver>(this IServiceCollection services)
        where TType : class, IMailServerType
        where TTransport : class, IMailTransport
        where TDriver : class, IDisplayDriver<OutgoingMailConfiguration>
        => services
            .AddScoped<IMailServerType, TType>()
            .AddKeyedScoped<IMailTransport, TTransport>(typeof(TType))
            .AddDisplayDriver<OutgoingMailConfiguration, TDriver>();
}
