-- The words of each owner's documents, found by words that are spelled a little differently.

CREATE TABLE "VocabularyTerm" (
    "ownerId" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "keys" INTEGER[],

    CONSTRAINT "VocabularyTerm_pkey" PRIMARY KEY ("ownerId", "form")
);
CREATE INDEX "VocabularyTerm_keys_idx" ON "VocabularyTerm" USING GIN ("keys");

CREATE TABLE "VocabularyRemoval" (
    "id" BIGSERIAL NOT NULL,
    "ownerId" TEXT NOT NULL,
    "forms" TEXT[],

    CONSTRAINT "VocabularyRemoval_pkey" PRIMARY KEY ("id")
);
