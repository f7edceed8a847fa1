// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

class UnreadableTest {
    @Test
    void saysWhoMayNotReadAFileAndHowToLetItBeRead() {
        String why = Unreadable.why(new AccessDeniedException("/etc/users"));

        String who = System.getProperty("user.name");
        assertTrue(why.startsWith("/etc/users can't be read by " + who), why);
        assertTrue(why.contains("chmod g+r"), why);
    }

    @Test
    void leavesOtherReasonsAsTheyAre() {
        assertEquals("the disk is on fire", Unreadable.why(new IOException("the disk is on fire")));
    }
}
