package dev.fantasticfour.world.redis;

/**
 * The right to answer for a message.
 *
 * @param id of the message
 * @param token of the claim; no other claim, of any process, has it
 */
record Lease(String id, String token) {}
