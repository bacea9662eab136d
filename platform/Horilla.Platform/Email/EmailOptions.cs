namespace OrchardCore.Email;

public class EmailOptions
{
    public string? DefaultProviderName { get; set; }
}
