using Microsoft.Extensions.Localization;

namespace OrchardCore.Infrastructure;

/// <summary>The result of an operation: success, or the errors that made it fail.</summary>
public class Result
{
    protected Result(bool succeeded, List<ResultError> errors)
    {
        Succeeded = succeeded;
        Errors = errors;
    }

    public bool Succeeded { get; protected set; }

    public IEnumerable<ResultError> Errors { get; }

    public static Result Success() => new(true, []);

    public static Result Failed(LocalizedString error) => new(false, [new ResultError { Message = error }]);

    public static Result Failed(params ResultError[] errors) => new(false, [.. errors]);
}
