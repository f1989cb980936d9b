/**
 * World in applications of Spring Boot, as far as all lines of it are alike: beans made from
 * properties, information for the Actuator, and failures of the start that say what to do. What
 * moved between the lines, health and the details of connections, is in the starter for each. Needs
 * nothing of Spring Boot in {@link dev.fantasticfour.world.spring}.
 */
@NullMarked
package dev.fantasticfour.world.spring.boot;

import org.jspecify.annotations.NullMarked;
