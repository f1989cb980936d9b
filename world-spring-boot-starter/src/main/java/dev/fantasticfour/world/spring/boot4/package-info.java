/**
 * World in applications of Spring Boot 4, as far as it differs from other lines: where other parts
 * of the application keep the addresses of servers, and health. Everything else is in {@link
 * dev.fantasticfour.world.spring.boot}.
 */
@NullMarked
package dev.fantasticfour.world.spring.boot4;

import org.jspecify.annotations.NullMarked;
