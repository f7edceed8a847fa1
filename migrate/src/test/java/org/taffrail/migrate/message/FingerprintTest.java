// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

class FingerprintTest {
    private static Fingerprint of(Object... values) {
        Digest digest = new Digest();
        for (Object value : values) {
            digest.add(value);
        }
        return digest.finish();
    }

    private static Parcel parcel(String id, SortedMap<String, Object> properties, Object body) {
        return new Parcel(
                id,
                5,
                "c",
                "t",
                null,
                false,
                true,
                4,
                0,
                5,
                false,
                null,
                properties,
                BodyKind.TEXT,
                body);
    }

    @Test
    void valuesOfOtherTypesAndPlacesHaveOtherFingerprints() {
        List<Fingerprint> all =
                List.of(
                        of(1),
                        of(1L),
                        of((short) 1),
                        of((byte) 1),
                        of('\u0001'),
                        of(true),
                        of(1.0),
                        of(1.0f),
                        of("1"),
                        of((Object) new byte[] {1}),
                        of((Object) null),
                        of("a", "b"),
                        of("ab", ""),
                        of("", "ab"),
                        of("ab"));

        assertEquals(all.size(), Map.copyOf(index(all)).size());
    }

    private static Map<Fingerprint, Integer> index(List<Fingerprint> all) {
        Map<Fingerprint, Integer> index =
                new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        all.forEach(each -> index.merge(each, 1, Integer::sum));
        return index;
    }

    @Test
    void aSumDoesNotDependOnTheOrderAndCarries() {
        Fingerprint big = new Fingerprint(1, -1);
        Fingerprint one = new Fingerprint(0, 1);

        assertEquals(new Fingerprint(2, 0), big.plus(one));
        assertEquals(big.plus(one), one.plus(big));
        assertNotEquals(one, one.plus(one));
    }

    @Test
    void isReadAsItWasWritten() {
        Fingerprint fingerprint = new Fingerprint(0x0123456789ABCDEFL, -2);

        assertEquals("0123456789abcdeffffffffffffffffe", fingerprint.toString());
        assertEquals(fingerprint, Fingerprint.parse(fingerprint.toString()));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse("0123"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Fingerprint.parse("0123456789abcdefgfffffffffffffff"));
    }

    @Test
    void aMessageIsKnownByItsIdAndWithoutOneByAllThatIsInIt() {
        SortedMap<String, Object> none = new TreeMap<>();
        SortedMap<String, Object> some = new TreeMap<>(Map.of("a", 1));

        assertEquals(parcel("ID:1", none, "x").identity(), parcel("ID:1", some, "y").identity());
        assertNotEquals(parcel("ID:1", none, "x").identity(), parcel("ID:2", none, "x").identity());
        assertEquals(parcel(null, some, "x").identity(), parcel(null, some, "x").identity());
        assertNotEquals(parcel(null, some, "x").identity(), parcel(null, none, "x").identity());
        assertNotEquals(parcel(null, none, "x").identity(), parcel(null, none, "y").identity());
    }

    @Test
    void theContentIsTheSameWhateverIdTheMessageHas() {
        SortedMap<String, Object> none = new TreeMap<>();

        assertEquals(parcel("ID:1", none, "x").content(), parcel("ID:2", none, "x").content());
        assertNotEquals(parcel("ID:1", none, "x").whole(), parcel("ID:2", none, "x").whole());
    }
}
