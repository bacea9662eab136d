using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Email.Services;

namespace OrchardCore.Email;

public static class ServiceCollectionExtensions
{
    public static IServiceCollection AddEmailProvider<T>(this IServiceCollection services, string name)
        where T : class, IEmailProvider
        => services.Configure<EmailProviderOptions>(options => options.TryAddProvider(name, new EmailProviderTypeOptions(typeof(T)) { IsEnabled = true }));

    public static IServiceCollection AddEmailProviderOptionsConfiguration<TConfiguration>(this IServiceCollection services)
        where TConfiguration : class, IConfigureOptions<EmailProviderOptions>
        => services.AddTransient<IConfigureOptions<EmailProviderOptions>, TConfiguration>();
}
