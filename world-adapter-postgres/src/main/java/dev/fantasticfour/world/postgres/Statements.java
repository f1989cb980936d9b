package dev.fantasticfour.world.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.AutoMappingUnknownColumnBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.jspecify.annotations.Nullable;

/** The statements of this adapter, for whoever has a connection. */
final class Statements {

  /** All mappers, each with its XML beside it. */
  static final List<Class<?>> MAPPERS =
      List.of(
          AppendMapper.class,
          ArchiveMapper.class,
          AuditMapper.class,
          BuildMapper.class,
          CustodyMapper.class,
          HeartbeatMapper.class,
          EntityMapper.class,
          EventMapper.class,
          RelayMapper.class,
          CensusMapper.class,
          RetentionMapper.class,
          RunMapper.class,
          ShownMapper.class,
          WorkerMapper.class);

  /** Stands for the schema in the XML, so that no statement depends on a search path. */
  private static final String SCHEMA = "@schema@";

  /** The last that were asked for: a process has one schema, and nobody changes them. */
  private static volatile @Nullable Statements known;

  private final String schema;
  private final SqlSessionFactory factory;

  private Statements(String schema, SqlSessionFactory factory) {
    this.schema = schema;
    this.factory = factory;
  }

  /** Those for the tables of a schema. */
  static Statements of(String schema) {
    Statements last = known;
    if (last == null || !last.schema.equals(schema)) {
      last = parsed(schema);
      known = last;
    }
    return last;
  }

  private static Statements parsed(String schema) {
    // Whoever brings a connection keeps it; nobody asks the source for one.
    ManagedTransactionFactory transactions = new ManagedTransactionFactory();
    Properties properties = new Properties();
    properties.setProperty("closeConnection", "false");
    transactions.setProperties(properties);
    Environment environment = new Environment("world", transactions, new UnpooledDataSource());
    return new Statements(
        schema, new SqlSessionFactoryBuilder().build(configuration(environment, schema)));
  }

  static Configuration configuration(Environment environment, String schema) {
    Configuration configuration = new Configuration(environment);
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setCacheEnabled(false);
    // They log values: whoever wants that asks for it, and does not get it with our debugging.
    configuration.setLogPrefix("world.sql.");
    configuration.setAutoMappingUnknownColumnBehavior(AutoMappingUnknownColumnBehavior.FAILING);
    // No statement timeout of the driver: it schedules a timer per statement. Locks are waited for
    // within lock_timeout, a dead server within socketTimeout.
    configuration.getTypeHandlerRegistry().register(Instant.class, new InstantHandler());
    // The last one of an element type is what columns are read with.
    List.of(
            new ArrayHandlers.TextRows(),
            new ArrayHandlers.LongRows(),
            new ArrayHandlers.BytesRows(),
            new ArrayHandlers.Times(),
            new ArrayHandlers.Texts(),
            new ArrayHandlers.Ints(),
            new ArrayHandlers.Longs(),
            new ArrayHandlers.Flags(),
            new ArrayHandlers.Bytes())
        .forEach(handler -> configuration.getTypeHandlerRegistry().register(handler));
    for (Class<?> mapper : MAPPERS) {
      String resource = mapper.getName().replace('.', '/') + ".xml";
      new XMLMapperBuilder(
              xml(mapper, schema), configuration, resource, configuration.getSqlFragments())
          .parse();
    }
    return configuration;
  }

  private static InputStream xml(Class<?> mapper, String schema) {
    try (InputStream in = mapper.getResourceAsStream(mapper.getSimpleName() + ".xml")) {
      if (in == null) {
        throw new IllegalStateException("no XML beside " + mapper.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String quoted = "\"" + schema + "\"";
      return new ByteArrayInputStream(
          text.replace(SCHEMA, quoted).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one statement of a mapper on that connection, which stays open. */
  <M, T extends @Nullable Object> T call(
      Connection connection, Class<M> mapper, Function<M, T> statement) {
    try (SqlSession session = factory.openSession(connection)) {
      return statement.apply(session.getMapper(mapper));
    }
  }

  /**
   * Runs one statement of a mapper and reads all rows. Other than {@link #call}, it spares the key
   * by which MyBatis would know the result again, which is made of every element of every argument.
   */
  <M, T> List<T> rows(Connection connection, Class<M> mapper, Function<M, Cursor<T>> statement) {
    try (SqlSession session = factory.openSession(connection);
        Cursor<T> cursor = statement.apply(session.getMapper(mapper))) {
      List<T> rows = new ArrayList<>();
      cursor.forEach(rows::add);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
