using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Horilla.Platform.Mvc;

/// <summary>Replaces the texts with which ASP.NET Core reports invalid fields: they name properties, not fields.</summary>
internal sealed class ValidationTexts : IValidationMetadataProvider
{
    /// <summary>Replaces the texts of model binding and of validation attributes that have none of their own.</summary>
    public static void Apply(MvcOptions options)
    {
        options.ModelMetadataDetailsProviders.Add(new ValidationTexts());
        var texts = options.ModelBindingMessageProvider;
        texts.SetAttemptedValueIsInvalidAccessor((value, _) => $"'{value}' isn't valid here.");
        texts.SetMissingBindRequiredValueAccessor(_ => "Enter a value.");
        texts.SetMissingKeyOrValueAccessor(() => "Enter a value.");
        texts.SetMissingRequestBodyRequiredValueAccessor(() => "The request has no content. Try again.");
        texts.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"'{value}' isn't valid here.");
        texts.SetNonPropertyUnknownValueIsInvalidAccessor(() => "This value isn't valid here.");
        texts.SetNonPropertyValueMustBeANumberAccessor(() => "Enter a number.");
        texts.SetUnknownValueIsInvalidAccessor(_ => "This value isn't valid here.");
        texts.SetValueIsInvalidAccessor(value => $"'{value}' isn't valid here.");
        texts.SetValueMustBeANumberAccessor(_ => "Enter a number.");
        texts.SetValueMustNotBeNullAccessor(_ => "Enter a value.");
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (attribute is { ErrorMessage: null, ErrorMessageResourceName: null } && GetText(attribute) is { } text)
            {
                attribute.ErrorMessage = text;
            }
        }
    }

    private static string? GetText(ValidationAttribute attribute) => attribute switch
    {
        RequiredAttribute => "Enter a value.",
        EmailAddressAttribute => "Enter one email address, for example you@example.com.",
        UrlAttribute => "Enter a complete address, for example https://www.example.com.",
        StringLengthAttribute { MinimumLength: 0 } => "Enter at most {1} characters.",
        StringLengthAttribute => "Enter from {2} to {1} characters.",
        MaxLengthAttribute => "Enter at most {1} characters.",
        MinLengthAttribute => "Enter at least {1} characters.",
        RangeAttribute => "Enter a number from {1} to {2}.",
        CompareAttribute => "The two values don't match.",
        RegularExpressionAttribute => "This value isn't valid here.",
        _ => null,
    };
}
