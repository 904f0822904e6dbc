# Sığınacaq axtaranın yekun qərara qədər üzərində gəzdirdiyi sənəd.
asylum-certificate-title = Sığınacaq axtaranın şəhadətnaməsi
asylum-certificate-number = Şəhadətnamə №
asylum-certificate-name = Ad və soyad
asylum-certificate-name-original = Ad və soyad öz əlifbasında
asylum-certificate-birth-date = Doğum tarixi
asylum-certificate-sex = Cinsi
asylum-certificate-nationality = Vətəndaşlığı
asylum-certificate-family = Ailə üzvləri
asylum-certificate-issued = Verilmə tarixi
asylum-certificate-authority = Verən orqan
asylum-certificate-statement = Bu şəhadətnamənin sahibi sığınacaq üçün müraciət edib və ölkədə qanuni əsaslarla qalır.
asylum-certificate-validity = Bu şəhadətnamə bütün şikayət mərhələləri daxil olmaqla, yekun qərara qədər etibarlıdır.
asylum-certificate-rights = Hüquqlarınız qısaca
asylum-certificate-stay = Yekun qərara qədər burada qala bilərsiniz. Heç kim sizi təhlükədə olacağınız ölkəyə göndərə bilməz.
asylum-certificate-alone = Hər bir yetkin şəxs öz səbəblərini təklikdə və məxfi şəkildə danışa bilər.
asylum-certificate-secret = Bizə danışdıqlarınız mənşə ölkənizə ötürülmür.
asylum-certificate-interpreter = Tərcüməçi sizin üçün pulsuzdur. Tərcüməçinin qadın və ya kişi olmasını xahiş edə bilərsiniz.
asylum-certificate-lawyer = Vəkil tuta bilərsiniz və istənilən vaxt BMT-nin qaçqınlar üzrə agentliyi (UNHCR) ilə danışa bilərsiniz.
asylum-certificate-care = Sizə təcili tibbi yardım göstərilir.
asylum-certificate-school = Uşaqlarınız məktəbə gedə bilər.
asylum-certificate-appeal = İmtina qərarından şikayət edə bilərsiniz. Hara və hansı günədək şikayət etməli olduğunuz qərarda yazılır.
asylum-certificate-address = Köçsəniz, yeni ünvanınızı bizə bildirin ki, məktublarımız sizə çatsın.
asylum-certificate-lost = Bu sənədi itirsəniz, { $phone } nömrəsinə zəng edin. Sizə yenisi veriləcək. Müraciətinizə baxılması davam edir.

# Bundan sonra nə olacaq.
asylum-next-title = Bundan sonra nə olacaq
asylum-next-registered = Sizi qeydiyyata aldıq və müraciətinizi qəbul etdik.
asylum-next-registration-interview = Birinci söhbətdə kim olduğunuzu, haradan və necə gəldiyinizi soruşuruq.
asylum-next-status-interview = İkinci söhbətdə səbəblərinizi danışırsınız. Yanınızda yalnız əməkdaş, tərcüməçi və özünüzün istədiyiniz şəxs olur. Uşağın nümayəndəsi olur.
asylum-next-decision = Bir əməkdaş təklif verir, başqası qərar qəbul edir. Qərar səbəbləri ilə birlikdə, yazılı şəkildə, başa düşdüyünüz dildə sizə verilir.
asylum-next-recognised = Qaçqın kimi tanınsanız, sizə qaçqın vəsiqəsi verilir.
asylum-next-appeal = Müraciətinizə imtina verilsə, şikayət edə bilərsiniz. Şikayətə baxılana qədər burada qala bilərsiniz.
asylum-next-appointment = Növbəti görüşünüz: { $date }, { $place }.
asylum-next-missed = Gələ bilməyəcəksinizsə, mümkünsə, həmin gündən əvvəl { $phone } nömrəsinə zəng edin. Başqa gün təyin edərik.
asylum-next-delay = İşimiz nəzərdə tutulduğundan uzun çəksə, bu, müraciətinizə zərər vurmur. Onun hansı mərhələdə olduğunu istənilən vaxt soruşa bilərsiniz.
