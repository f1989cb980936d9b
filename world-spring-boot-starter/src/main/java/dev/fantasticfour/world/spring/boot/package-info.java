/**
 * World in applications of Spring Boot 4: beans made from properties, health and information for
 * the Actuator, and failures of the start that say what to do. Everything that does not depend on
 * the line of Boot is in {@link dev.fantasticfour.world.spring}.
 */
@NullMarked
package dev.fantasticfour.world.spring.boot;

import org.jspecify.annotations.NullMarked;
