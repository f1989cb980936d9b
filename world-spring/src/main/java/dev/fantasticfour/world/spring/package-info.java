/**
 * A world as beans of a Spring context: what it can execute comes from beans of {@link
 * dev.fantasticfour.world.spring.WorldRegistrar}, and its workers start and stop with the context.
 * Knows the Spring Framework and nothing of Spring Boot, so that starters for several lines of Boot
 * can stand on it.
 */
@NullMarked
package dev.fantasticfour.world.spring;

import org.jspecify.annotations.NullMarked;
