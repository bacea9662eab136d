using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using YesSql.Services;

namespace Horilla.Platform.Storage.Queries;

/// <summary>Translates the predicate of a query to SQL. Each value becomes a parameter.</summary>
/// <exception cref="NotSupportedException">The predicate, or a part of it, can't be translated to SQL.</exception>
internal sealed class PredicateTranslator(QueryState state, ParameterExpression index, string alias)
{
    public string Translate(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso } and:
                return $"({Translate(and.Left)} AND {Translate(and.Right)})";
            case BinaryExpression { NodeType: ExpressionType.OrElse } or:
                return $"({Translate(or.Left)} OR {Translate(or.Right)})";
            case BinaryExpression { Left: var left, Right: var right } comparison when Operator(comparison.NodeType) is { } @operator:
                return Compare(left, @operator, right);
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                return $"NOT ({Translate(not.Operand)})";
            case MethodCallExpression call:
                return Call(call);
            case MemberExpression { Type: var type } when type == typeof(bool) && Column(expression) is { } column:
                return $"{column} = {state.AddParameter(true)}";
            case var _ when expression.Type == typeof(bool) && !References(expression):
                return (bool)Value(expression)! ? "1 = 1" : "1 = 0";
            default:
                throw Untranslatable(expression);
        }
    }

    /// <summary>Returns the column that an expression refers to, or null if there is none.</summary>
    public static string? Column(QueryState state, ParameterExpression index, string alias, Expression expression)
        => Unwrap(expression) is MemberExpression { Member: PropertyInfo property } member && Unwrap(member.Expression!) == index
            ? $"{alias}.{state.Store.Dialect.QuoteForColumnName(property.Name)}"
            : null;

    private string? Column(Expression expression) => Column(state, index, alias, expression);

    private static string? Operator(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "=",
        ExpressionType.NotEqual => "<>",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        _ => null,
    };

    private string Compare(Expression left, string @operator, Expression right)
    {
        var (leftSide, rightSide) = (TranslateOperand(left), TranslateOperand(right));

        return (leftSide, rightSide, @operator) switch
        {
            (null, null, _) => throw Untranslatable(Expression.Equal(left, right)),
            (not null, null, "=") => $"{leftSide} IS NULL",
            (not null, null, "<>") => $"{leftSide} IS NOT NULL",
            (null, not null, "=") => $"{rightSide} IS NULL",
            (null, not null, "<>") => $"{rightSide} IS NOT NULL",
            _ => $"{leftSide ?? "NULL"} {@operator} {rightSide ?? "NULL"}",
        };
    }

    /// <summary>Returns a column or a parameter, or null for a null value.</summary>
    private string? TranslateOperand(Expression expression)
    {
        if (Column(expression) is { } column)
        {
            return column;
        }

        if (References(expression))
        {
            throw Untranslatable(expression);
        }

        return Value(expression) is { } value ? state.AddParameter(value) : null;
    }

    private string Call(MethodCallExpression call)
    {
        if (call.Method.DeclaringType == typeof(string) && call.Object is { } text && Column(text) is { } column && call.Arguments.Count == 1)
        {
            var value = Argument(call, 0);

            switch (call.Method.Name)
            {
                case nameof(string.Contains):
                    return Like(column, $"%{value}%");
                case nameof(string.StartsWith):
                    return Like(column, $"{value}%");
                case nameof(string.EndsWith):
                    return Like(column, $"%{value}");
            }
        }

        if (call.Method.DeclaringType == typeof(DefaultQueryExtensions) && Column(call.Arguments[0]) is { } source)
        {
            return call.Method.Name switch
            {
                nameof(DefaultQueryExtensions.IsIn) => In(source, Argument(call, 1), "IN", "1 = 0"),
                nameof(DefaultQueryExtensions.IsNotIn) => In(source, Argument(call, 1), "NOT IN", "1 = 1"),
                nameof(DefaultQueryExtensions.IsLike) => Like(source, (string)Argument(call, 1)!),
                nameof(DefaultQueryExtensions.IsNotLike) => $"NOT ({Like(source, (string)Argument(call, 1)!)})",
                _ => throw Untranslatable(call),
            };
        }

        throw Untranslatable(call);
    }

    private string Like(string column, string pattern) => $"{column} LIKE {state.AddParameter(pattern)}";

    private string In(string column, object? values, string @operator, string none)
    {
        var list = ((IEnumerable)values!).Cast<object>().ToArray();

        return list.Length == 0 ? none : $"{column} {@operator} ({string.Join(", ", list.Select(state.AddParameter))})";
    }

    private object? Argument(MethodCallExpression call, int number)
        => References(call.Arguments[number]) ? throw Untranslatable(call) : Value(call.Arguments[number]);

    private bool References(Expression expression)
    {
        var finder = new ParameterFinder(index);
        finder.Visit(expression);

        return finder.Found;
    }

    /// <summary>Evaluates an expression that doesn't refer to the index. Returns an enum as its number.</summary>
    private static object? Value(Expression expression)
    {
        var value = expression is ConstantExpression constant
            ? constant.Value
            : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

        return value is Enum ? Convert.ToInt64(value, null) : value;
    }

    public static Expression Unwrap(Expression expression)
        => expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
            ? Unwrap(convert.Operand)
            : expression;

    private static NotSupportedException Untranslatable(Expression expression)
        => new($"'{expression}' can't be translated to SQL. Compare columns of the index with values, and combine the comparisons with &&, || and !.");

    private sealed class ParameterFinder(ParameterExpression parameter) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == parameter;

            return node;
        }
    }
}
