// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LossesTest {
    private static String ended(String address, boolean wasOpen) {
        return new Losses(address).ended(wasOpen).getMessage();
    }

    @Test
    void guessesThatWhoEndsAPlainConnectionAtOnceSpeaksTls() {
        assertEquals(
                "taffrail://a:1 ended the connection before it was open; if the broker has a"
                        + " certificate, write taffrails://",
                ended("taffrail://a:1", false));
        assertEquals(
                "taffrails://a:1 ended the connection before it was open",
                ended("taffrails://a:1", false));
        assertEquals("taffrail://a:1 ended the connection", ended("taffrail://a:1", true));
    }
}
