// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class ShellWordsTest {
    @Test
    void quotesWhatAShellWouldChange() {
        assertEquals(
                "bin/taffrail --rate=5,000 'a b' '$x' 'it'\\''s' ''",
                ShellWords.join(List.of("bin/taffrail", "--rate=5,000", "a b", "$x", "it's", "")));
    }

    @Test
    void saysWhatIsKnownOfTheProcessors() {
        assertEquals(
                "2 processors (Some CPU @ 3.00GHz), 7.8 GiB of memory",
                HostFacts.processors(
                        2,
                        "processor\t: 0\nmodel name\t: Some  CPU @ 3.00GHz\n",
                        "MemTotal:        8167848 kB\n"));
        assertEquals("1 processor", HostFacts.processors(1, "", ""));
    }
}
