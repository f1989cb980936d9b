package dev.fantasticfour.world.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run three times, with a {@link TestWorld} in memory, on PostgreSQL, and on
 * PostgreSQL with Redis: the same engine, and the same results. The servers are those of {@code
 * WORKFLOW_POSTGRES_URL} and {@code WORKFLOW_REDIS_URL}, else containers, else embedded ones; their
 * adapters and {@code world-embedded} have to be on the class path of the test.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(AllWorlds.class)
public @interface OnAllWorlds {}
