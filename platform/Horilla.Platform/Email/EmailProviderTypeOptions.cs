namespace OrchardCore.Email.Services;

public class EmailProviderTypeOptions(Type type)
{
    public Type Type { get; } = type;

    public bool IsEnabled { get; set; }
}
