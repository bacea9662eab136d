using System.Data;
using System.Globalization;
using Dapper;

namespace Horilla.Platform.Storage.Serialization;

/// <summary>
/// Reads index columns of types that SQLite doesn't have. Dapper has one handler per type for the whole process, so these
/// handlers also serve the databases that have the types.
/// </summary>
internal static class DapperTypeHandlers
{
    /// <summary>Registers the handlers. Can be called more than once.</summary>
    public static void Register()
    {
        Register(new Handler<Guid>(value => Guid.Parse((string)value)));
        Register(new Handler<TimeSpan>(value => value is long ticks ? TimeSpan.FromTicks(ticks) : TimeSpan.Parse((string)value, CultureInfo.InvariantCulture)));
        Register(new Handler<DateTimeOffset>(value => value is DateTime time
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
    }

    private static void Register<T>(Handler<T> handler)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class Handler<T>(Func<object, T> read) : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => value is T typed ? typed : read(value);

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = value;
    }
}
