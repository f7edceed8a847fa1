// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

/** What a recorder holds, for tests of other packages. */
public final class Recorded {
    private Recorded() {}

    /** How often a feature was used with a detail. */
    public static long count(Recorder recorder, Feature feature, String detail) {
        Use use = recorder.uses(feature).byDetail().get(detail);
        return use == null ? 0 : use.count();
    }

    /** Where a feature was used first. */
    public static String place(Recorder recorder, Feature feature, String detail) {
        return recorder.uses(feature).byDetail().get(detail).place();
    }

    /** All that would be written. */
    public static String text(Recorder recorder) throws java.io.IOException {
        java.io.StringWriter out = new java.io.StringWriter();
        RecordFile.write(out, recorder, java.util.Map.of("java", "17.0.1", "process", "1@here"));
        return out.toString();
    }
}
