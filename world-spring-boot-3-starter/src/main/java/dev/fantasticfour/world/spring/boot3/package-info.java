/**
 * World in applications of Spring Boot 3.5, as far as it differs from other lines: where other
 * parts of the application keep the addresses of servers, and health. Everything else is in {@link
 * dev.fantasticfour.world.spring.boot}.
 */
@NullMarked
package dev.fantasticfour.world.spring.boot3;

import org.jspecify.annotations.NullMarked;
