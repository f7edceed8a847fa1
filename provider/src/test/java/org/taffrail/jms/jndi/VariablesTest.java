// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

import java.util.Map;

import javax.naming.ConfigurationException;

class VariablesTest {
    private static final Map<String, String> KNOWN = Map.of("A", "1", "B", "${A}", "E", "");

    private static String replace(String value) throws ConfigurationException {
        return Variables.replace("key", value, KNOWN::get);
    }

    @Test
    void replacesEachOnce() throws Exception {
        assertEquals("1-1", replace("${A}-${A:-2}"));
        assertEquals("${A}", replace("${B}"));
        assertEquals("", replace("${E:-default}"));
        assertEquals("d}", replace("${C:-d}}"));
        assertEquals("x", replace("x${C:-}"));
        assertEquals("a:-b", replace("${C:-a:-b}"));
        assertEquals("$A {A}", replace("$A {A}"));
    }

    @Property(tries = 200)
    void textWithoutVariablesStaysAsItIs(
            @ForAll @AlphaChars @StringLength(max = 20) String before,
            @ForAll @AlphaChars @StringLength(max = 20) String after)
            throws Exception {
        assertEquals(before + "$" + after, replace(before + "$" + after));
        assertEquals(before + "1" + after, replace(before + "${A}" + after));
    }
}
