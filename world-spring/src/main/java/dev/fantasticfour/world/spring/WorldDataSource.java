package dev.fantasticfour.world.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} that the world is to use as it is, and leaves open. One of its
 * connections is kept for heartbeats; it should serve nothing else that might take all of them,
 * because a worker whose heartbeats wait for a connection loses its runs. Without such a bean the
 * world has a small pool of its own.
 *
 * <p>A pool that is meant for the world alone is declared with {@code @Bean(defaultCandidate =
 * false)}, so that nobody else is given it.
 */
@Qualifier
@Documented
@Target({
  ElementType.METHOD,
  ElementType.TYPE,
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.ANNOTATION_TYPE
})
@Retention(RetentionPolicy.RUNTIME)
public @interface WorldDataSource {}
