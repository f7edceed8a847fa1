// SPDX-License-Identifier: Apache-2.0
/** The guides for moving, {@code docs/from-*.md}, held to what they say. Start with GuideTest. */
package org.taffrail.migrate.guide;
